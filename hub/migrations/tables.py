"""Names every table of the hub in one place, and makes them at once for tests. Left out of the import order."""

from sqlalchemy import MetaData

import hub.alerts.models
import hub.audit.models
import hub.catalogue.models
import hub.collaboration.models
import hub.commitments.models
import hub.core.heartbeats
import hub.core.outbox
import hub.core.uploads
import hub.insights.models
import hub.integrity.models
import hub.matching.models
import hub.members.models
import hub.notifications.models
import hub.organisations.models
import hub.search.models
import hub.shortlists.models
import hub.showcases.models
import hub.vetting.models  # noqa: F401 - importing the models registers their tables
from hub.core.database import Base

METADATA: MetaData = Base.metadata
