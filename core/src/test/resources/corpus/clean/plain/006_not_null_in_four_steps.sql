ALTER TABLE ticket ADD CONSTRAINT ticket_owner_there CHECK (owner_id IS NOT NULL) NOT VALID;
ALTER TABLE ticket VALIDATE CONSTRAINT ticket_owner_there;
ALTER TABLE ticket ALTER COLUMN owner_id SET NOT NULL;
ALTER TABLE ticket DROP CONSTRAINT ticket_owner_there;
