alter table mails add column user_id bigint;
create index mails_user on mails (user_id);
update mails set user_id = (select u.id from users u where u.email = mails.recipient);
