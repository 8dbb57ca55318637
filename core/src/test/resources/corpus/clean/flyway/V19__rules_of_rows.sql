CREATE TABLE document (
    id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    owner   text NOT NULL DEFAULT current_user,
    body    xml,
    shared_with text[] NOT NULL DEFAULT '{}'
);
ALTER TABLE document ENABLE ROW LEVEL SECURITY;
CREATE POLICY document_owner ON document
    USING (owner = current_user OR current_user = ANY (shared_with))
    WITH CHECK (owner = current_user);
CREATE POLICY document_auditor ON document AS PERMISSIVE FOR SELECT TO PUBLIC USING (pg_has_role('auditor', 'member'));
