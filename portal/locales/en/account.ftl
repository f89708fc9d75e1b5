# Signing in, the overview, one service.
login-description = Sign in to your hosting.
login-ordering = Then you go on with your order; what you typed is kept.
login-remember = Keep me signed in on this device for 30 days
login-no-account = No account? You get one with your first order.
register-title = Create an account
register-description = Create an account for your hosting.
register-button = Create account
register-have = Have an account?

dashboard-description = Your services and orders.
dashboard-welcome = Karibu, { $name }
dashboard-empty = Your websites will be listed here, once you have chosen a plan.
order-another = Order another plan
services-title = Services
orders-title = Orders
figure-orders = Orders
figure-paid = Paid
figure-unpaid = Not paid
figure-active = Active services
figure-setup = Being set up
figure-total = Paid in all

call-finish-domain = Order { $number } is paid. Finish the set-up of { $domain }.
call-finish = Order { $number } is paid. Finish the set-up.
call-finish-text = It takes about a minute. You can watch each step.
call-pending = Order { $number } waits for its payment.
call-late = { $domain }: setting up takes longer than usual.
call-late-text = We are on it, and your payment is recorded. You need not do anything; we write to you when it is ready.
call-suspended-since = { $domain } is suspended since { $date }.
call-suspended = { $domain } is suspended.
suspended-text = Your files and mailboxes are kept. Write to us and we tell you how it comes back.

service-state-unfinished = Not set up yet
service-state-setup = Being set up
service-state-late = Being set up
service-state-active = Active
service-state-suspended = Suspended
service-state-cancelled = Ended
service-paid-on = paid { $date }
service-paid-until = paid until { $date }
service-was-paid-until = was paid until { $date }

order-state-pending = Not paid yet
order-state-paid = Paid
order-state-active = Paid
order-state-complete = Complete
order-state-failed = Not paid
order-state-cancelled = Cancelled

service-description = One of your services: address, username and password.
service-panel-hint = Opens without a second password.
service-facts = Your hosting
service-cancelled-text = This service has ended. Order a plan to put a website online again.
reveal-title = Password of the control panel
reveal-text = For FTP, email programs, or to sign in to the panel by hand. Enter the password of your account here to see it.
reveal-show = Show the password
reveal-shown = Password of the control panel
reveal-careful = Show it to nobody. We never ask for it.
reveal-hides = It is hidden again after { $n } seconds.
reveal-hidden = The password is hidden again.
reveal-again = Show it once more
copy-password = Copy the password
