CREATE TABLE baseline_marker (version text PRIMARY KEY, taken timestamptz DEFAULT current_timestamp);
INSERT INTO baseline_marker (version) VALUES ('20');
