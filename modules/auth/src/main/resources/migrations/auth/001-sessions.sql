-- One row for each user that a session was opened for or revoked of: whoever changes a user's sessions locks it first.
create table if not exists session_owner (
    user_id uuid primary key
);

-- Texts have twice the room that they may take in characters: H2 counts one beyond the first 65,536 as two.
create table if not exists session (
    id uuid primary key,
    user_id uuid not null,
    device varchar(512),
    created_at timestamp with time zone not null,
    last_seen_at timestamp with time zone not null,
    expires_at timestamp with time zone not null,
    revoked_at timestamp with time zone,
    reason varchar(2048)
);

create index if not exists session_by_user on session (user_id, created_at, id);

-- What was revoked, and the outbox at the same time: a row without published_at has yet to be published.
create table if not exists revocation (
    id bigint generated always as identity primary key,
    event_id uuid not null unique,
    user_id uuid not null,
    session_id uuid,
    reason varchar(2048) not null,
    traceparent varchar(256) not null,
    revoked_at timestamp with time zone not null,
    expires_at timestamp with time zone not null,
    published_at timestamp with time zone
);

create index if not exists revocation_by_publication on revocation (published_at, id);

create index if not exists revocation_by_expiry on revocation (expires_at);
