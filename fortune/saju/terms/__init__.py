"""The glossary's entries, a line each: key | 한글 | 漢字 | English name | Korean and English sentence."""
