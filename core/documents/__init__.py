"""Official documents out: minutes and roadmaps as DOCX, by templates that people may edit in Word."""
