package conformance.soak;

/** What one subscriber saw. */
record Seen(String id, Profile profile, Transcript transcript) {

    Filter filter() {
        return new Filter(profile.interest());
    }
}
