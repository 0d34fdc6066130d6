package dev.activator.experiment;

import java.util.List;

/**
 * How one of the two runs went.
 *
 * @param startSeconds how long it took to start all services before the first client came; 0 where none were
 * @param looks by time
 * @param visits in the order of the clients' coming
 * @param wakes how often services were woken
 * @param unknown why a figure is unknown; empty where none is
 */
record Course(double startSeconds, List<Look> looks, List<Visit> visits, int wakes, String unknown) {
    Course {
        looks = List.copyOf(looks);
        visits = List.copyOf(visits);
    }
}
