"""Writing runs: the state machine of a claim, one function from claim to saved end, and the batcher."""
