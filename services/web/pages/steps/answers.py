"""The words for telling back: the reporter, and those who wrote to us from outside."""

from typing import Final

from services.web.pages.steps.row import Ask, Step

_WAY: Final = Ask("Hur?", empty="Välj hur.", choices="answer_way")

STEPS: Final = {
    "answer-reporter": Step(
        button="Skicka svaret",
        title="Svara den som rapporterade",
        done="Svaret är skickat.",
        intro="Personen läser svaret under Mina rapporter, eller med sin kod.",
        asks={"words": Ask("Svar", empty="Skriv ett svar.", rows=6)},
    ),
    "answer-complainant": Step(
        button="Spara svaret",
        title="Svara den som hörde av sig",
        done="Svaret är sparat.",
        intro="Svaret går att läsa med koden. Annars antecknar du här vad du svarade.",
        asks={
            "words": Ask("Svar", empty="Skriv vad du svarar.", rows=6),
            "way": Ask("Hur fick personen svaret?", empty="Välj hur.", choices="told_way"),
            "secrecy": Ask(
                "Får vi svara om den enskilde?",
                hint="Behövs när någon annan än den enskilde får svaret.",
            ),
        },
    ),
    "waive-answer": Step(
        button="Spara skälet",
        title="Varför ges inget svar?",
        done="Skälet är sparat.",
        asks={
            "whose": Ask("Vem får inget svar?", empty="Välj vem."),
            "ground": Ask("Skäl", empty="Välj ett skäl."),
            "reason": Ask("Förklara", empty="Skriv varför.", rows=3),
        },
    ),
    "acknowledge": Step(
        button="Skicka bekräftelsen",
        title="Bekräfta att det kommit fram",
        done="Bekräftelsen är sparad.",
        asks={
            "words": Ask(
                "Meddelande",
                hint="Skriv vad som händer nu och när personen får svar.",
                empty="Skriv ett meddelande.",
            ),
            "way": _WAY,
        },
    ),
    "set-complaint-kind": Step(
        button="Spara",
        title="Vad är det?",
        done="Det är sparat.",
        asks={"kind": Ask("Det är", empty="Välj ett av dem.", choices="complaint_kind")},
    ),
    "send-message": Step(
        button="Skicka",
        title="Skriv till den som hörde av sig",
        done="Meddelandet är sparat.",
        asks={"words": Ask("Meddelande", empty="Skriv ett meddelande."), "way": _WAY},
    ),
    "record-message": Step(
        button="Spara meddelandet",
        title="Skriv in ett meddelande",
        done="Meddelandet är sparat.",
        intro="För det som någon sagt på telefon, skrivit i ett brev eller mejlat.",
        asks={
            "words": Ask("Vad sa personen?", empty="Skriv vad personen sa."),
            "way": Ask("Hur kom det in?", empty="Välj hur.", choices="answer_way"),
        },
    ),
}
