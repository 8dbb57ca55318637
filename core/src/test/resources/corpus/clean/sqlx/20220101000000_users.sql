create table if_needed_users (
    user_id bigserial primary key,
    email   text collate "C" unique not null,
    created_at timestamptz not null default now()
);
create index on if_needed_users (created_at desc);
