-- A learning platform whose enrollments show "X of Y lessons". Y is stored beside the enrollment
-- and was meant to be kept right by a trigger. PostgreSQL 14 or newer.

CREATE TABLE schools (
  id integer PRIMARY KEY,
  name text NOT NULL
);

-- Users live in the identity service; here they are only an id. At most one role each; some have none.
CREATE TABLE user_roles (
  user_id uuid PRIMARY KEY,
  school_id integer NOT NULL REFERENCES schools,
  role_type text NOT NULL CHECK (role_type IN ('student', 'teacher')),
  is_active boolean NOT NULL DEFAULT true
);

CREATE TABLE courses (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  title text NOT NULL
);

CREATE TABLE lessons (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  course_id uuid NOT NULL REFERENCES courses
);
CREATE INDEX lessons_course_id ON lessons (course_id);

CREATE TABLE blocks (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  lesson_id uuid NOT NULL REFERENCES lessons
);
CREATE INDEX blocks_lesson_id ON blocks (lesson_id);

CREATE TABLE lesson_progress (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id uuid NOT NULL,
  lesson_id uuid NOT NULL REFERENCES lessons,
  block_id uuid NOT NULL REFERENCES blocks,
  completed_at timestamptz NOT NULL,
  UNIQUE (user_id, block_id)
);

-- DEFAULT 0 is what hid the fault: a row that nobody filled looks like a course without lessons.
CREATE TABLE course_enrollments (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  user_id uuid NOT NULL,
  course_id uuid NOT NULL REFERENCES courses,
  total_lessons integer DEFAULT 0,
  lessons_completed integer NOT NULL DEFAULT 0,
  progress_percentage numeric(5,2) NOT NULL DEFAULT 0,
  is_completed boolean NOT NULL DEFAULT false,
  completed_at timestamptz,
  created_at timestamptz NOT NULL DEFAULT now(),
  updated_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (user_id, course_id)
);
CREATE INDEX course_enrollments_course_id ON course_enrollments (course_id);
