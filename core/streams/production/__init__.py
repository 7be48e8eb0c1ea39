"""Writing runs: the state machine of a claim, one function from claim to saved end, how an answer is published, the batcher."""
