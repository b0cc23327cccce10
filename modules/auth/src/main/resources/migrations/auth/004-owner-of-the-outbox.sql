-- Which process may note that revocations are published: one whose log is in memory takes the outbox over at its start.
create table if not exists outbox_owner (
    id integer primary key,
    owner uuid not null
);
