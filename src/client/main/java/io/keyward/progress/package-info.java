/// Up to when the processor has decided, for those who obey it.
package io.keyward.progress;
