-- The latest time of anything that happened to the user's sessions: what happens next is later, whatever the clock says.
alter table session_owner add column if not exists last_at timestamp with time zone;

update session_owner set last_at = (
    select max(case when revoked_at > created_at then revoked_at else created_at end)
    from session where session.user_id = session_owner.user_id)
where last_at is null;

-- For a list of what was revoked since a time.
create index if not exists revocation_by_time on revocation (revoked_at, id);
