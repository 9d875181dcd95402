"""Files with teachers' answers: bytes in a limited child process -> columns assigned -> checked answers, no names."""
