"""The words for judging: what kind of thing it was, how grave, and whether it is lex Sarah."""

from typing import Final

from services.web.pages.steps.row import Ask, Step

STEPS: Final = {
    "confirm-classification": Step(
        button="Spara kategori",
        link="Välj kategori",
        title="Vad gäller det?",
        done="Kategorin är sparad.",
        intro="Förslaget är ett stöd. Du bestämmer.",
        asks={
            "category": Ask("Kategori", empty="Välj en kategori."),
            "subtype": Ask(
                "Hur blev det?",
                within="category",
                opened_by=frozenset({"utebliven_insats"}),
            ),
        },
    ),
    "assess-severity": Step(
        button="Spara bedömning",
        link="Bedöm allvaret",
        title="Hur allvarligt är det?",
        done="Bedömningen är sparad.",
        intro="Välj en ruta. Tänk på det värsta som hände eller kunde ha hänt.",
        asks={
            "consequence": Ask("Konsekvens", empty="Välj en ruta i matrisen."),
            "likelihood": Ask("Sannolikhet att det händer igen", empty="Välj en ruta."),
            "tracks": Ask("Vilken lag gäller det?", empty="Välj minst en lag.", needed=True),
            "reason": Ask(
                "Varför?",
                hint="Skriv vad bedömningen bygger på. En eller två meningar räcker.",
                empty="Skriv varför du bedömer det så.",
            ),
        },
    ),
    "take-sas-position": Step(
        button="Spara ställningstagandet",
        link="Ta ställning till lex Sarah",
        title="Ska det hanteras som lex Sarah?",
        done="Ställningstagandet är sparat.",
        intro=(
            "Poängen i matrisen öppnar frågan. Den kan aldrig stänga den. "
            "Utgå från lagens definition."
        ),
        asks={
            "lex_sarah": Ask("Är det lex Sarah?", empty="Svara ja eller nej."),
            "reason": Ask("Varför?", empty="Skriv varför."),
        },
    ),
    "raise-lex-sarah": Step(
        button="Rapportera lex Sarah",
        title="Rapportera lex Sarah",
        done="Rapporten är lämnad. SAS tar emot den.",
        intro=(
            "Du rapporterar i ditt eget namn. Ett nytt ärende öppnas hos SAS. "
            "Det här ärendet fortsätter som vanligt."
        ),
        asks={
            "reason": Ask(
                "Varför är det ett missförhållande, eller en påtaglig risk för det?",
                empty="Skriv vad det är som är fel.",
            ),
        },
    ),
}
