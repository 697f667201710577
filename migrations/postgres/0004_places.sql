-- Places in the order of inbox and outbox, the same for all instances whatever their clocks say:
-- each transaction takes one number and counts on from there. Runs at every start.
do $$
declare
    first bigint;
begin
    perform pg_advisory_xact_lock(7742113984106689891);
    if to_regclass('row_places') is null then
        select 1048576 + greatest(coalesce((select max(id) from inbox), 0),
                                  coalesce((select max(id) from outbox), 0)) into first;
        execute format('create sequence row_places increment by 1048576 start with %s', first);
    end if;
end $$;
