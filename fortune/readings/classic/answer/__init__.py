"""The answer to a question.

``answer`` writes its four sections; ``opening`` the first sentence, which is the answer itself; ``aimed`` the sentence that
meets an aim beyond the question's form. ``timing`` says when the matter is carried by the time.
"""
