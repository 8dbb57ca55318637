-- plumb:allow rename-column nobody but this service reads the table, and it is stopped meanwhile
ALTER TABLE ticket RENAME COLUMN colour TO color;
