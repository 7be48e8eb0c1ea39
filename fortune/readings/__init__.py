"""What is asked of a model, how its answer is checked and shown, and the interpreter that needs no model.

`inputs` is what a reading is made from; `classic` writes it by rules; `prompts` asks a model for it;
`grounding` holds a text against the engine; `render` turns it into safe HTML with evidence chips.
"""
