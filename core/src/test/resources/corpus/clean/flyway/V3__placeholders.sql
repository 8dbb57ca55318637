CREATE SCHEMA ${reporting};

CREATE TABLE ${reporting}.daily_visit (
    day     date   NOT NULL,
    page    text   NOT NULL,
    visits  bigint NOT NULL DEFAULT ${initial_visits},
    note    text   DEFAULT '${environment}',
    PRIMARY KEY (day, page)
) TABLESPACE ${tablespace};

GRANT USAGE ON SCHEMA ${reporting} TO ${reader_role};
GRANT SELECT ON ALL TABLES IN SCHEMA ${reporting} TO ${reader_role};
