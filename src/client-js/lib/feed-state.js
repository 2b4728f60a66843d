// The incidents in the topic `warnings`, from its records in offset order. The key of a record is
// `tenant/environment/code`; at most one incident is open under a key.
export class FeedState {
  #known = new Map(); // by key: {incident, sequence, open}; a closed incident is kept to detect repeated records
  #pending = [];

  // Takes a record; `null` is a tombstone. A silent record is remembered, but yields no notice.
  read(key, warning, silent = false) {
    const known = this.#known.get(key);
    const notices = warning === null ? this.#remove(key, known) : this.#take(key, known, warning);
    if (!silent) {
      this.#pending.push(...notices);
    }
  }

  #remove(key, known) {
    this.#known.delete(key);
    return known?.open ? [notice('CLOSED', key, known.incident)] : [];
  }

  #take(key, known, warning) {
    const { incident, sequence, status } = warning;
    const same = known?.incident === incident;
    if (same && sequence <= known.sequence) {
      return []; // a repeated record
    }
    const open = status !== 'CLEARED';
    this.#known.set(key, { incident, sequence, open });
    const notices = known?.open && !same ? [notice('CLOSED', key, known.incident)] : [];
    if (open || known?.open || !same) {
      const kind = !open ? 'CLOSED' : same && known.open ? 'UPDATED' : 'OPENED';
      notices.push(notice(kind, key, incident, warning));
    }
    return notices;
  }

  // The notices since the last call, in order.
  take() {
    const notices = this.#pending;
    this.#pending = [];
    return notices;
  }
}

const notice = (kind, key, incident, warning) => ({ kind, id: `${key}/${incident}`, key, warning });
