-- Real, anonymised records of an online university (see data/README.md). The records are kept as
-- delivered: keys, but no foreign keys or checks that would hide what is wrong with them.
-- Dates are days from the start of the presentation; NULL is unknown. SQLite 3.39 or newer.

CREATE TABLE courses (
  code_module TEXT NOT NULL,
  code_presentation TEXT NOT NULL,
  module_presentation_length INTEGER NOT NULL,
  PRIMARY KEY (code_module, code_presentation)
);

CREATE TABLE assessments (
  id_assessment INTEGER NOT NULL PRIMARY KEY,
  code_module TEXT NOT NULL,
  code_presentation TEXT NOT NULL,
  assessment_type TEXT NOT NULL,
  date INTEGER,
  weight NUMERIC NOT NULL
);

CREATE TABLE student_registration (
  code_module TEXT NOT NULL,
  code_presentation TEXT NOT NULL,
  id_student INTEGER NOT NULL,
  date_registration INTEGER,
  date_unregistration INTEGER,
  PRIMARY KEY (code_module, code_presentation, id_student)
);

CREATE TABLE student_info (
  code_module TEXT NOT NULL,
  code_presentation TEXT NOT NULL,
  id_student INTEGER NOT NULL,
  num_of_prev_attempts INTEGER NOT NULL,
  studied_credits INTEGER NOT NULL,
  final_result TEXT NOT NULL,
  PRIMARY KEY (code_module, code_presentation, id_student)
);

CREATE TABLE student_assessment (
  id_assessment INTEGER NOT NULL,
  id_student INTEGER NOT NULL,
  date_submitted INTEGER,
  is_banked INTEGER NOT NULL,
  score NUMERIC,
  PRIMARY KEY (id_assessment, id_student)
);
