# Impersonation: staff look at the site as a customer.
viewing-as-customer = View as a customer
viewing-title-ready = View the site as { $name }
viewing-text-ready = You see what { $name } sees. You cannot order, pay, change the account, show a password or open the control panel.
viewing-reason = Reason
viewing-lasts = Time
viewing-minutes = 15 minutes
viewing-recorded = Everything is recorded under your name, and { $name } sees in the account's activity that it was viewed.
viewing-enter = View as { $name }
viewing-title-gone = This link does not work any more
viewing-text-gone = It is wrong, was used already, or is older than 60 seconds. Ask for a new one in the desktop app.
viewing-title-busy = You are viewing as { $name } already
viewing-text-busy = Return to admin first, by the bar at the top. Then ask for a new link in the desktop app.
viewing-title-ended = You do not view as a customer any more
viewing-text-ended = The 15 minutes are over, you left, or an account was disabled. What you did last was not done. Leave here; if you need more time, ask for a new link in the desktop app.
viewing-leave = Leave
viewing-title-left = You have left { $name }'s account
viewing-title-left-plain = You have left the customer's account
viewing-text-left = You can close this tab and go back to the desktop app.
viewing-panel = For the control panel and its password use the desktop app.
viewing-money = Only the customer can order and pay.

error-title-viewing = Only the customer can
error-head-viewing = While you view the site as a customer this cannot be done
error-text-viewing = Orders, payments, passwords, contact details and the control panel are the customer's own here. What staff may do is in the desktop app.

activity-impersonation_asked = Viewing of your account asked for
activity-impersonation_ended = Viewing of your account ended
