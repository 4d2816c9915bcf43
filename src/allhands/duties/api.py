"""What other slices may ask of the duty ledger, and nothing else."""

from allhands.duties.actions.assess import on_facts_changed as on_facts_changed
from allhands.duties.actions.assess import reassess as reassess
from allhands.duties.actions.evidence import prove as prove
from allhands.duties.actions.evidence import waive as waive
from allhands.duties.actions.ladder import climb_all as climb_all
from allhands.duties.actions.notices import on_delivery_status as on_delivery_status
from allhands.duties.actions.notices import send_update as send_update
from allhands.duties.actions.offers import remind_all as remind_all
from allhands.duties.actions.refresh import refresh_all as refresh_all
from allhands.duties.actions.tier import lower_tier as lower_tier
from allhands.duties.freezing import thaw as thaw
from allhands.duties.judging import assess_raw as assess_raw
from allhands.duties.judging import explain as explain
from allhands.duties.judging import place_of as place_of
from allhands.duties.packets import PacketKind as PacketKind
from allhands.duties.queries import AssessmentView as AssessmentView
from allhands.duties.queries import find_assessment as find_assessment
from allhands.duties.queries import find_document as find_document
from allhands.duties.queries import find_duty as find_duty
from allhands.duties.queries import find_notice as find_notice
from allhands.duties.queries import list_duties as list_duties
from allhands.duties.queries import list_ladder as list_ladder
from allhands.duties.queries import list_notices as list_notices
from allhands.duties.queries import list_owed as list_owed
from allhands.duties.queries import list_tiers as list_tiers
from allhands.duties.queries import notice_content as notice_content
