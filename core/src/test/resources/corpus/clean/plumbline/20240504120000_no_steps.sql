CREATE TABLE grade_texts (grade grade PRIMARY KEY, text text NOT NULL);
INSERT INTO grade_texts VALUES ('A', 'very good'), ('B', 'good'), ('C', 'fair');
