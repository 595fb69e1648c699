"""What administrators change, for API, pages and command line alike; all of it written down."""
