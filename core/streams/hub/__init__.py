"""The texts that are being written, as this process knows them: channels, subscribers, active runs."""
