"""What the audit log keeps of a registration: never a name, an address or a need."""

from hub.showcases.models import Registration, Seat


def snapshot(registration: Registration) -> dict[str, object]:
    """Return the state of a registration for the audit log."""
    return {
        "status": registration.status.value,
        "attendance": registration.attendance.value,
        "number": registration.number,
        "is_listed": registration.is_listed,
        "consent_version": registration.consent_version,
        "checked_in_at": registration.checked_in_at.isoformat() if registration.checked_in_at else None,
    }


def seat_snapshot(seat: Seat) -> dict[str, object]:
    """Return the state of a seat for the audit log."""
    return {"status": seat.status.value, "number": seat.number, "slot": seat.slot.public_id}
