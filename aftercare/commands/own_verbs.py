"""The verbs that a noun has beside the six of all; read when the noun is called."""

from __future__ import annotations

from aftercare.commands.verbs import Entry
from aftercare.language import N_

_UNITS, _PROMISES = "aftercare.commands.units", "aftercare.commands.promises"
_DELIVERIES, _INSTALLATIONS = "aftercare.commands.deliveries", "aftercare.commands.installations"
_PAPER, _CLAIMS, _DECISIONS = "aftercare.commands.paper", "aftercare.commands.claims", "aftercare.commands.decisions"
_CHECKLISTS = "aftercare.commands.checklists"
_COMPLAINTS, _INVESTIGATING = "aftercare.commands.complaints", "aftercare.commands.investigating"
_VERDICTS, _INCIDENTS = "aftercare.commands.verdicts", "aftercare.commands.incidents"
_PARTS, _REGULARS = "aftercare.commands.parts", "aftercare.commands.regulars"
_POINTS, _TALLY = "aftercare.commands.points", "aftercare.commands.point_balances"
_RETURNS, _MAKERS = "aftercare.commands.returns", "aftercare.commands.makers"
_ENQUIRIES = "aftercare.commands.enquiries"
_EVENTS = "aftercare.commands.events"
SAFE, TOLD = N_("The danger was removed."), N_("The maker was told.")
_WISHES = "aftercare.commands.wishes"
_OFFERS, _OFFERS_MET = "aftercare.commands.offers", "aftercare.commands.offers_met"
MISPRINT = N_("What was published is not what was meant; it is honoured as published until it is corrected everywhere.")
SUPPLY = N_("Stock was made ready, so that nobody who relies on a misprint goes away with nothing.")
_COMPETENCE = "aftercare.commands.competence"
_SLIPS, _LETTERS = "aftercare.commands.slips", "aftercare.commands.letters"
CHECK_CLAIM = N_("What the customer may have: repair, replacement, refund, until when, by which article.")
QUALITY_FILE = N_("A product's file: units, faults by part and batch, what visits saw, what the maker was told.")
OFFERED = N_(
    "The services that come with a product: calls, visits, upkeep with their days, free delivery and installation."
)
SIGN, POSTPONE = N_("Signed for by the customer."), N_("Move the promised time.")
TICK = N_("Items of the checklist that were done.")
OWN: dict[str, dict[str, Entry]] = {
    "customer": {
        "find": Entry(f"{_UNITS}:find_customer", N_("Find customers by name, pinyin, phone or address.")),
        "timeline": Entry(f"{_UNITS}:timeline", N_("Everything that happened with a customer.")),
        "forget": Entry(
            "aftercare.commands.forgetting:forget",
            N_("Take a person out of the records; what the law and the balance need stays, without the person."),
        ),
        "tree": Entry(f"{_REGULARS}:tree", N_("Who brought whom, and whether they were thanked for it.")),
        "out-of-touch": Entry(f"{_REGULARS}:out_of_touch", N_("With whom there was no contact for long.")),
        "kindness": Entry(f"{_REGULARS}:kindnesses", N_("What was done that nobody was owed, and what it was worth.")),
        "benefits": Entry(
            "aftercare.commands.benefits:customer_benefits",
            N_("What the customer may ask for by the shop's benefits, what was had, and what is left."),
        ),
    },
    "product": {
        "units": Entry(f"{_UNITS}:product_units", N_("Every unit of a product that was sold.")),
        "quality": Entry("aftercare.commands.quality:product_quality", QUALITY_FILE),
        "services": Entry("aftercare.commands.product_information:product_services", OFFERED),
        "leaflet": Entry(
            "aftercare.commands.leaflets:leaflet", N_("What a customer can be given about a product, ready to print.")
        ),
        "tell-maker": Entry(f"{_MAKERS}:tell_maker", N_("The maker was told something about the product.")),
        "maker-answer": Entry(f"{_MAKERS}:maker_answer", N_("The maker answered.")),
    },
    "sale": {
        "owed": Entry(f"{_UNITS}:owed", N_("What is still open before the sale is complete.")),
        "services": Entry(
            "aftercare.commands.entitled:sale_services", N_("What the customer is entitled to free of charge, and why.")
        ),
        "retire": Entry(
            "aftercare.commands.retiring:retire",
            N_("A thing is out of use for good: no more services are planned for it."),
        ),
        "give": Entry("aftercare.commands.giving:give", N_("Something was given as the shop had published it.")),
        "pay-back": Entry(
            "aftercare.commands.giving:pay_back",
            N_("What a customer had paid above the published price was paid back."),
        ),
        "label": Entry(f"{_PAPER}:label", N_("The label for the pack, ready to print.")),
    },
    "delivery": {
        "dispatch": Entry(f"{_DELIVERIES}:dispatch", N_("It left for the customer.")),
        "attempt": Entry(f"{_DELIVERIES}:attempt", N_("It came in vain.")),
        "postpone": Entry(f"{_DELIVERIES}:postpone_delivery", POSTPONE),
        "tick": Entry(f"{_CHECKLISTS}:delivery_tick", TICK),
        "checklist": Entry(
            f"{_CHECKLISTS}:delivery_checklist", N_("What belongs to the delivery, and what of it was ticked.")
        ),
        "sign": Entry(f"{_DELIVERIES}:sign_delivery", SIGN),
        "make-good": Entry(f"{_DELIVERIES}:make_good", N_("Damage on the way was made good.")),
        "sheet": Entry(f"{_PAPER}:sheet", N_("The delivery sheet, ready to print and sign.")),
    },
    "installation": {
        "postpone": Entry(f"{_INSTALLATIONS}:postpone_installation", POSTPONE),
        "start": Entry(f"{_INSTALLATIONS}:start", N_("The work has begun.")),
        "tick": Entry(f"{_CHECKLISTS}:tick", TICK),
        "checklist": Entry(
            f"{_CHECKLISTS}:checklist", N_("What belongs to the installation, and what of it was ticked.")
        ),
        "sign": Entry(f"{_INSTALLATIONS}:sign_installation", SIGN),
        "sheet": Entry(f"{_PAPER}:installation", N_("The installation sheet, ready to print and sign.")),
    },
    "claim": {
        "check": Entry(f"{_VERDICTS}:check", CHECK_CLAIM),
        "letter": Entry(f"{_LETTERS}:letter", N_("The verdict on a claim as a letter to hand over, ready to print.")),
        "repair": Entry("aftercare.commands.repairs:repair", N_("The stay in the workshop: in, wait, resume, out.")),
        "decide": Entry(f"{_DECISIONS}:decide", N_("Decide a remedy; the verdict it is taken on is kept.")),
        "refuse": Entry(f"{_DECISIONS}:refuse", N_("Refuse a remedy; the verdict it is taken on is kept.")),
        "replace": Entry(f"{_CLAIMS}:replace", N_("Another one was handed over; the unit keeps its id.")),
        "return": Entry(f"{_RETURNS}:return_", N_("The goods came back for good.")),
        "refund": Entry(f"{_RETURNS}:refund", N_("Money was paid back.")),
        "lend": Entry(f"{_CLAIMS}:lend", N_("Something was lent meanwhile.")),
        "take-back": Entry(f"{_CLAIMS}:take_back", N_("What was lent came back.")),
        "make-safe": Entry(f"{_INCIDENTS}:claim_make_safe", SAFE),
        "tell-maker": Entry(f"{_INCIDENTS}:claim_tell_maker", TOLD),
        "slip": Entry(f"{_SLIPS}:slip", N_("The repair slip, ready to print and sign.")),
        "receipt": Entry(f"{_SLIPS}:receipt", N_("The receipt for what is lent, ready to print and sign.")),
        "close": Entry(f"{_CLAIMS}:close", N_("The claim is done with.")),
    },
    "visit": {
        "tick": Entry(f"{_CHECKLISTS}:visit_tick", TICK),
        "checklist": Entry(
            f"{_CHECKLISTS}:visit_checklist", N_("What belongs to the visit at home, and what of it was ticked.")
        ),
    },
    "complaint": {
        "progress": Entry(
            "aftercare.commands.progress:progress",
            N_("How far it is: every step with its time, who has it in hand, how often the customer came."),
        ),
        "acknowledge": Entry(
            f"{_COMPLAINTS}:acknowledge", N_("The customer was told that it has come in, and what happens next.")
        ),
        "assign": Entry(f"{_COMPLAINTS}:assign", N_("Hand it to somebody; the clock goes on.")),
        "investigate": Entry(
            f"{_INVESTIGATING}:investigate",
            N_("What the look into it found: the cause, whose fault, what mends it, what prevents it."),
        ),
        "ask": Entry(
            f"{_INVESTIGATING}:ask",
            N_("The customer is asked for something: once, and only if it can change the answer."),
        ),
        "pass-on": Entry(
            f"{_INVESTIGATING}:pass_on",
            N_("A question that is not ours to answer is passed on; what they answer is written down too."),
        ),
        "answer": Entry(f"{_COMPLAINTS}:answer", N_("The customer was told what the shop decided.")),
        "resolve": Entry(f"{_COMPLAINTS}:resolve", N_("What was promised in the answer was done.")),
        "confirm": Entry(
            f"{_COMPLAINTS}:confirm", N_("What the customer says of the solution; who is not content has it reopened.")
        ),
        "reopen": Entry(f"{_COMPLAINTS}:reopen", N_("The same matter came back; its steps begin again.")),
        "withdraw": Entry(f"{_COMPLAINTS}:withdraw", N_("The customer took the complaint back.")),
        "make-safe": Entry(f"{_INCIDENTS}:complaint_make_safe", SAFE),
        "tell-maker": Entry(f"{_INCIDENTS}:complaint_tell_maker", TOLD),
    },
    "part": {
        "order": Entry(f"{_PARTS}:order", N_("Pieces were ordered; the repairs that wait for them are named.")),
        "receive": Entry(f"{_PARTS}:receive", N_("Pieces came in; the repairs that wait for them are named.")),
        "use": Entry(f"{_PARTS}:use", N_("Pieces went into a repair or another piece of work.")),
        "count": Entry(f"{_PARTS}:count", N_("The pieces were counted; the ledger goes on from there.")),
        "write-off": Entry(f"{_PARTS}:write_off", N_("Pieces are gone: broken, lost, grown too old.")),
        "stock": Entry(
            "aftercare.commands.stock:stock", N_("What is there, on order and to be ordered; of one part its ledger.")
        ),
    },
    "wish": {
        "progress": Entry(
            "aftercare.commands.wish_progress:progress",
            N_("How far wishes are, by product and theme: heard, passed on, answered, told, come true."),
        ),
        "pass-on": Entry(
            f"{_WISHES}:pass_on", N_("The wish was passed on: to the maker, or to whoever can make it come true.")
        ),
        "answer": Entry(f"{_WISHES}:answer", N_("An answer came back, or the shop itself has one.")),
        "tell": Entry(f"{_WISHES}:tell", N_("The customer was told what came of the wish.")),
        "realise": Entry(
            f"{_WISHES}:realise",
            N_("The wish came true: a product, or a change, is there; whoever wished it is told."),
        ),
        "withdraw": Entry(f"{_WISHES}:withdraw", N_("The customer took the wish back.")),
    },
    "enquiry": {
        "answer": Entry(f"{_ENQUIRIES}:answer", N_("The customer was told what was found out.")),
        "send": Entry(f"{_ENQUIRIES}:send", N_("Material that was asked for was handed over or posted.")),
        "appoint": Entry(f"{_ENQUIRIES}:appoint", N_("A time at which the goods are shown or talked about.")),
        "postpone": Entry(f"{_ENQUIRIES}:postpone", N_("Move the time of an appointment.")),
        "call-off": Entry(f"{_ENQUIRIES}:call_off", N_("The customer called the appointment off, or did not come.")),
        "met": Entry(f"{_ENQUIRIES}:met", N_("The appointment took place.")),
        "bought": Entry(f"{_ENQUIRIES}:bought", N_("It led to a sale.")),
        "close": Entry(f"{_ENQUIRIES}:close", N_("The customer wishes to hear of it no more.")),
    },
    "offer": {
        "publish": Entry(f"{_OFFERS}:publish", N_("It was published in one more place.")),
        "misprint": Entry(f"{_OFFERS}:misprint", MISPRINT),
        "correct": Entry(f"{_OFFERS}:correct", N_("A misprint was put right in a place, or taken away there.")),
        "supply": Entry(f"{_OFFERS}:supply", SUPPLY),
        "apologise": Entry(f"{_OFFERS}:apologise", N_("The shop apologised to the public for a misprint.")),
        "spend": Entry(
            f"{_OFFERS}:spend",
            N_("Something that an offer cost beside what was given and charged less: a notice, a leaflet."),
        ),
        "withdraw": Entry(
            f"{_OFFERS}:withdraw",
            N_("The offer ends before its last day; what it promised until then is owed all the same."),
        ),
        "sales": Entry(f"{_OFFERS_MET}:sales", N_("The sales that meet an offer, and how each promise of it stands.")),
        "cost": Entry(f"{_OFFERS_MET}:cost", N_("What an offer led to, and what it cost to honour a misprint.")),
    },
    "event": {
        "invite": Entry(f"{_EVENTS}:invite", N_("Customers were invited; who stands on no list yet is put on it.")),
        "answer": Entry(f"{_EVENTS}:answer", N_("What customers said to the invitation.")),
        "came": Entry(f"{_EVENTS}:came", N_("Customers were there, invited or not.")),
        "heard": Entry(
            "aftercare.commands.overhearing:heard",
            N_("What a guest said there: words, wishes, complaints, and what was promised meanwhile."),
        ),
        "held": Entry(f"{_EVENTS}:held", N_("The event was held: everybody who was invited had what was promised.")),
        "cancel": Entry(f"{_EVENTS}:cancel", N_("The event is called off; everybody who was invited is to be told.")),
        "guests": Entry(
            f"{_EVENTS}:guests", N_("Everybody on the list: invited, coming, come, and what they said there.")
        ),
    },
    "points": {
        "give": Entry(f"{_POINTS}:give", N_("Points were given by hand.")),
        "redeem": Entry(f"{_POINTS}:redeem", N_("Points were drawn for something: a gift, a trip.")),
        "hand-over": Entry(f"{_POINTS}:hand_over", N_("What was chosen for the points was handed over.")),
        "cancel": Entry(
            f"{_POINTS}:cancel", N_("It is called off: drawn points, and the gift, go back; given ones are gone.")
        ),
        "balance": Entry(
            f"{_TALLY}:balance", N_("How many points each customer has, and which of them expire next, on which day.")
        ),
        "ledger": Entry(
            f"{_TALLY}:ledger",
            N_("Every entry of a customer's points, with the balance after it and where it is from."),
        ),
    },
    "promise": {
        "list": Entry(f"{_PROMISES}:list_", N_("List promises, spoken ones and all others.")),
        "show": Entry(f"{_PROMISES}:show", N_("Show a promise and how it was made and kept.")),
        "postpone": Entry(f"{_PROMISES}:postpone", N_("Move a promise to another time.")),
        "inform": Entry("aftercare.commands.informing:inform", N_("The customer was told about a promise.")),
        "keep": Entry(f"{_PROMISES}:keep", N_("A spoken promise was kept.")),
        "release": Entry(f"{_PROMISES}:release", N_("The customer let go of a promise.")),
        "break": Entry(f"{_PROMISES}:break_", N_("We say that we will not keep a promise.")),
        "apologise": Entry(
            "aftercare.commands.apologising:apologise",
            N_("We apologised for a promise kept late or broken, and what we gave to make good."),
        ),
        "apology": Entry(f"{_LETTERS}:apology", N_("A letter of apology, ready to print.")),
    },
    "staff": {
        "work": Entry("aftercare.commands.people:work", N_("What each has to do, what each did, and how it ended.")),
        "certify": Entry(f"{_COMPETENCE}:certify", N_("A certificate was handed in.")),
        "train": Entry(f"{_COMPETENCE}:train", N_("People were taught something.")),
        "trainings": Entry(f"{_COMPETENCE}:trainings", N_("What people were taught, and what is still to be taught.")),
    },
}
"""The verbs of a noun beside the six of all; one of the same name stands in the place of the generic one."""

OF_UNITS = {
    "list": Entry(f"{_UNITS}:list_units", N_("List every unit that was sold.")),
    "show": Entry(f"{_UNITS}:show_unit", N_("A unit's whole history and its standing.")),
    "card": Entry(f"{_SLIPS}:card", N_("The guarantee card, ready to print and stamp.")),
    "remedies": Entry(f"{_VERDICTS}:unit_remedies", N_("What the customer of a unit may have, without a claim.")),
}
"""Those of a unit, which has no file of its own and so none of the six."""
