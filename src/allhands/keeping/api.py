"""What other rooms may ask of keeping."""

from allhands.keeping.actions.forgetting import ShutAgain as ShutAgain
from allhands.keeping.actions.forgetting import shut_again as shut_again
from allhands.keeping.actions.retention import end_period as end_period
from allhands.keeping.actions.retention import lift_hold as lift_hold
from allhands.keeping.actions.retention import set_hold as set_hold
from allhands.keeping.actions.retention import set_period as set_period
from allhands.keeping.actions.steps import decide as decide
from allhands.keeping.actions.steps import enter_order as enter_order
from allhands.keeping.actions.steps import propose_disposal as propose_disposal
from allhands.keeping.queries import find_step as find_step
from allhands.keeping.queries import list_due as list_due
from allhands.keeping.queries import list_holds as list_holds
from allhands.keeping.queries import list_periods as list_periods
from allhands.keeping.queries import list_steps as list_steps
