"""What other slices may ask of alerts, and nothing else."""

from allhands.alerts.actions.after import review as review
from allhands.alerts.actions.after import take_down as take_down
from allhands.alerts.actions.after import tally as tally
from allhands.alerts.actions.asking import appeal as appeal
from allhands.alerts.actions.asking import ask as ask
from allhands.alerts.actions.asking import end_without as end_without
from allhands.alerts.actions.asking import escalate_all as escalate_all
from allhands.alerts.actions.deciding import grant as grant
from allhands.alerts.actions.deciding import refuse as refuse
from allhands.alerts.actions.deciding import withdraw as withdraw
from allhands.alerts.actions.sending import Approval as Approval
from allhands.alerts.actions.sending import expire_all as expire_all
from allhands.alerts.actions.sending import give_back as give_back
from allhands.alerts.actions.sending import preflight as preflight
from allhands.alerts.actions.sending import send as send
from allhands.alerts.actions.sending import take_back as take_back
from allhands.alerts.actions.writing import AlertLacks as AlertLacks
from allhands.alerts.actions.writing import offer as offer
from allhands.alerts.actions.writing import save as save
from allhands.alerts.actions.writing import start as start
from allhands.alerts.queries import count_waiting as count_waiting
from allhands.alerts.queries import find_alert as find_alert
from allhands.alerts.queries import find_public as find_public
from allhands.alerts.queries import find_request as find_request
from allhands.alerts.queries import list_alerts as list_alerts
from allhands.alerts.queries import list_requests as list_requests
