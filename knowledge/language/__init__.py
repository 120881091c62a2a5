"""Text → Reading: what was typed, word by word, with the slots that its phrases name. The only room that reads text."""
