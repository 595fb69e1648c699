"""One intake for everyone: phone, another system, import. Answers all, loses nothing."""
