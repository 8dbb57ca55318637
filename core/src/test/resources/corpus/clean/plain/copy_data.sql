CREATE TABLE zip_codes (zip text PRIMARY KEY, city text NOT NULL, note text);
COPY zip_codes (zip, city, note) FROM stdin;
10115	Berlin	\N
20095	Hamburg	a; semicolon; 'and a quote
80331	München	tab\there
\.
COPY zip_codes FROM STDIN WITH (FORMAT csv, HEADER true, DELIMITER ';');
zip;city;note
50667;"Köln; am Rhein";"say ""hi"""
\.
SELECT count(*) FROM zip_codes;
