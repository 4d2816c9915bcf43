"""What is wrong with a form, said once on top in the words that stand by each field."""
