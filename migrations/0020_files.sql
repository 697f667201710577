-- A file that Telegram knows is kept under a keyed hash from now on: sha256 is an HMAC. What was kept
-- under a bare one goes; those files are uploaded once more.
delete from files;
