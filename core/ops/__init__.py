"""For operators: doctor, logging, metrics and error reports."""
