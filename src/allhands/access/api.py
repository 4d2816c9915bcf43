"""What other slices ask of the door."""

from allhands.access.decide import decide as decide
from allhands.access.decide import policy_notes as policy_notes
from allhands.access.matrix import packet_classes as packet_classes
from allhands.access.matrix import visible_classes as visible_classes
from allhands.access.permissions import can as can
from allhands.access.permissions import check_administer as check_administer
from allhands.access.permissions import check_answer_offer as check_answer_offer
from allhands.access.permissions import check_approve_alert as check_approve_alert
from allhands.access.permissions import check_ask_alert as check_ask_alert
from allhands.access.permissions import check_decide_alert as check_decide_alert
from allhands.access.permissions import check_edit_facts as check_edit_facts
from allhands.access.permissions import check_offer as check_offer
from allhands.access.permissions import check_operate as check_operate
from allhands.access.permissions import check_prove_duty as check_prove_duty
from allhands.access.permissions import check_report as check_report
from allhands.access.permissions import check_take_back_alert as check_take_back_alert
from allhands.access.permissions import check_view_alert as check_view_alert
from allhands.access.permissions import check_view_episode as check_view_episode
from allhands.access.permissions import check_waive_duty as check_waive_duty
from allhands.access.permissions import check_write_alert as check_write_alert
