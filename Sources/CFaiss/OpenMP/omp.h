#ifndef CFAISS_OMP_H
#define CFAISS_OMP_H
// faiss's headers include <omp.h>, which comes with gcc and not with clang. They only name these
// types in signatures; libgomp inside libfaiss does the work.
#ifdef __cplusplus
extern "C" {
#endif
typedef struct {
  unsigned char state[4] __attribute__((aligned(4)));
} omp_lock_t;
int omp_get_max_threads(void);
int omp_get_thread_num(void);
int omp_get_num_threads(void);
void omp_set_num_threads(int count);
void omp_init_lock(omp_lock_t *lock);
void omp_destroy_lock(omp_lock_t *lock);
void omp_set_lock(omp_lock_t *lock);
void omp_unset_lock(omp_lock_t *lock);
#ifdef __cplusplus
}
#endif
#endif
