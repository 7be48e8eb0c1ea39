"""Programs that write parts of ``docs/``: the accuracy, the length of the prompts, the samples, the screenshots."""
