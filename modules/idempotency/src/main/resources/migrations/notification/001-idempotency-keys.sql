-- What was asked for under a key, and what it was answered. A row without an answer is being published by its owner,
-- or its owner has gone.
create table if not exists idempotency_key (
    path varchar(64) not null,
    name varchar(256) not null,
    body_sha256 varchar(64) not null,
    event_ids text not null,
    owner uuid not null,
    owned_until timestamp with time zone not null,
    claimed_at timestamp with time zone not null,
    expires_at timestamp with time zone not null,
    answer_status integer,
    answer text,
    primary key (path, name)
);

create index if not exists idempotency_key_by_end on idempotency_key (expires_at);
