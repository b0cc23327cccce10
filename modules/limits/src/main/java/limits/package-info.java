/**
 * One budget in bytes for the memory that requests hold.
 *
 * <p>Code that is about to allocate memory for a peer acquires a {@link limits.Lease} from a {@link limits.ByteBudget}
 * first, and closes the lease when the memory is free again. The composition root makes one budget, divides it with
 * {@link limits.RequestBudget}, and passes the parts to the modules that read requests.
 */
package limits;
