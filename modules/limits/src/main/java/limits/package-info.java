/**
 * A budget, in bytes, for the memory that requests hold.
 *
 * <p>Code that is about to allocate memory for a peer first acquires a {@link limits.Lease} from a
 * {@link limits.ByteBudget}, and closes the lease when the memory is free again. The composition root creates one
 * budget, divides it with {@link limits.RequestBudget}, and passes the parts to the modules that read requests.
 */
package limits;
