-- Real, anonymised records of an online university (see data/README.md). The records are kept as
-- delivered: keys, but no foreign keys or checks that would hide what is wrong with them.
-- Dates are days from the start of the presentation; NULL is unknown. PostgreSQL 14 or newer.

CREATE TABLE courses (
  code_module text NOT NULL,
  code_presentation text NOT NULL,
  module_presentation_length integer NOT NULL,
  PRIMARY KEY (code_module, code_presentation)
);

CREATE TABLE assessments (
  id_assessment integer NOT NULL PRIMARY KEY,
  code_module text NOT NULL,
  code_presentation text NOT NULL,
  assessment_type text NOT NULL,
  date integer,
  weight numeric(5,2) NOT NULL
);

CREATE TABLE student_registration (
  code_module text NOT NULL,
  code_presentation text NOT NULL,
  id_student integer NOT NULL,
  date_registration integer,
  date_unregistration integer,
  PRIMARY KEY (code_module, code_presentation, id_student)
);

CREATE TABLE student_info (
  code_module text NOT NULL,
  code_presentation text NOT NULL,
  id_student integer NOT NULL,
  num_of_prev_attempts integer NOT NULL,
  studied_credits integer NOT NULL,
  final_result text NOT NULL,
  PRIMARY KEY (code_module, code_presentation, id_student)
);

CREATE TABLE student_assessment (
  id_assessment integer NOT NULL,
  id_student integer NOT NULL,
  date_submitted integer,
  is_banked integer NOT NULL,
  score numeric(5,2),
  PRIMARY KEY (id_assessment, id_student)
);
