# The sandbox: the providers as simulators, and the pages that stand for the phone.

sim-nav = Sandbox
sim-nav-portal = Portal
sim-tab-home = Sandbox
sim-tab-phone = Phone
sim-tab-panel = Panel
sim-tab-mail = Mailbox

sim-home-title = The sandbox
sim-home-lead = No gateway, panel or mail server is set up, so this portal plays them itself. No money moves and nothing leaves this machine.
sim-home-phone = { $n ->
    [0] Every payment request arrives here. None is waiting.
    [one] One payment request is waiting for an answer.
   *[other] { $n } payment requests are waiting for an answer.
}
sim-home-panel = { $n ->
    [0] The server with the hosting accounts. There are none yet.
    [one] The server has one hosting account.
   *[other] The server has { $n } hosting accounts.
}
sim-home-mail = { $n ->
    [0] Every mail that the portal sends. None so far.
    [one] The portal has sent one mail.
   *[other] The portal has sent { $n } mails.
}
sim-try-title = Try it
sim-try-1 = Order a plan
sim-try-1-more = Any name, email and number will do.
sim-try-2 = Answer on the phone
sim-try-2-more = Approve it, refuse it, pay late or pay the wrong amount.
sim-try-3 = Watch the set-up, then open the panel
sim-try-3-more = The mails arrive in the mailbox meanwhile.
sim-wires-title = Addresses
sim-wires-admin = Webuzo, admin
sim-wires-enduser = Webuzo, end user
sim-wires-note = The portal calls these over HTTP and SMTP, as it will call the real ones.

sim-phone-title = { $n ->
    [0] The phone
    [one] One request on the phone
   *[other] { $n } requests on the phone
}
sim-phone-lead = You hold the phones of all customers. A request stays on the screen for two minutes.
sim-phone-idle = No message
sim-push-title = Pay { $amount } by { $network }
sim-phone = Phone
sim-payee = To
sim-order = Order
sim-came = Arrived
sim-others-title = What else can happen
sim-act-approve = Enter PIN and pay
sim-act-refuse = Cancel
sim-act-ignore = Ignore
sim-act-late = Pay late
sim-act-less = Pay half
sim-act-more = Pay more
sim-act-twice = Pay twice
sim-why-ignore = The request goes away. The gateway gives up after five minutes.
sim-why-late = The money comes 15 seconds after the two minutes are over.
sim-why-less = Only half of the amount is paid.
sim-why-more = TSh 5,000 too much is paid.
sim-why-twice = An older request of the same order is paid as well, and each notice comes twice.
sim-none-title = No request is waiting
sim-none-text = Order a plan and send a payment request; it appears here.
sim-none-plans = See the plans
sim-none-refresh = This page looks again every three seconds.
sim-history-title = Answered
sim-asked = { $amount } asked
sim-result-paid = Paid
sim-result-less = Paid too little
sim-result-more = Paid too much
sim-result-late = Pays late
sim-result-ignored = Ignored
sim-result-refused = Cancelled
sim-result-failed = Failed

sim-panel-title = Control panel
sim-panel-lead = The hosting accounts on the server. Customers come in from their overview, without a second password.
sim-panel-empty = No account yet. One appears as soon as an order is paid.
sim-signed-in = You are signed in as { $user }.
sim-account = Account
sim-user = Username
sim-domain = Domain
sim-addon = More domains
sim-plan = Plan
sim-disk = Disk
sim-disk-of = 1 MB of { $gb } GB
sim-disk-free = 1 MB, unlimited
sim-email = Email
sim-created = Created
sim-panel-real = On the real server, this is where files, mailboxes and databases are looked after.
sim-panel-once = The link that brought you here worked once and is now used up.
sim-panel-back = Back to the overview
sim-used-title = This link was used already
sim-used-text = A sign-on link opens the panel once. Open the panel again from the overview.
sim-active = Active
sim-suspended = Suspended

sim-mail-lead = Every mail that the portal has sent, whoever it is for.
sim-mail-empty = No mail yet.
sim-mail-from = From
sim-mail-to = To
sim-mail-at = Sent
sim-mail-text = Text
sim-mail-html = Show as designed
