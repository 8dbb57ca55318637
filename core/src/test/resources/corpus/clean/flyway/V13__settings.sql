CREATE TABLE setting (
    account_id bigint PRIMARY KEY REFERENCES account (id),
    settings   jsonb NOT NULL DEFAULT '{}'::jsonb,
    CONSTRAINT setting_is_object CHECK (jsonb_typeof(settings) = 'object')
);
CREATE INDEX setting_language ON setting ((settings ->> 'language'));
CREATE INDEX setting_paths ON setting USING gin (settings jsonb_path_ops);

INSERT INTO setting (account_id, settings)
SELECT id, jsonb_build_object('language', 'en', 'colours', jsonb_build_array('blue', 'grey'))
FROM account
ON CONFLICT (account_id) DO UPDATE SET settings = setting.settings || excluded.settings;
