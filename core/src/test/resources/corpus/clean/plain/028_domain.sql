CREATE DOMAIN email AS text CHECK (VALUE ~* '^[^@]+@[^@]+$');
ALTER DOMAIN email ADD CONSTRAINT email_short CHECK (length(VALUE) < 255);
CREATE TABLE subscriber (address email PRIMARY KEY, since date NOT NULL DEFAULT CURRENT_DATE);
