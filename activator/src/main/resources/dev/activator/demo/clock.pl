# Tells the time to whoever connects, a line for each line. Takes its listening socket as descriptor 3. sd_listen_fds(3)
use strict;
use warnings;
use POSIX qw(strftime);

($ENV{LISTEN_PID} // '') eq $$ && ($ENV{LISTEN_FDS} // '') eq '1'
    or die "clock: no socket was handed to me (LISTEN_PID, LISTEN_FDS)\n";
open(my $listener, '+<&=', 3) or die "clock: descriptor 3: $!\n";

while (accept(my $client, $listener)) {
    select((select($client), $| = 1)[0]);
    while (<$client>) {
        print $client strftime("%H:%M:%S", localtime), ", says the clock with pid $$\n" or last;
    }
    close $client;
}
die "clock: accept: $!\n";
