@NullMarked
package dev.activator.accounting;

import org.jspecify.annotations.NullMarked;
