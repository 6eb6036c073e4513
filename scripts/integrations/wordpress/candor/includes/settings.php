<?php
/**
 * Settings → Candor: the connection, its test, and the posts that wait.
 */

defined( 'ABSPATH' ) || exit;

add_action( 'admin_menu', 'candor_add_settings_page' );
add_action( 'admin_post_candor_connect', 'candor_connect' );
add_action( 'admin_post_candor_retry', 'candor_retry_asked' );
add_action( 'admin_post_candor_sweep', 'candor_sweep_asked' );
add_filter( 'plugin_action_links_' . plugin_basename( dirname( __DIR__ ) . '/candor.php' ), 'candor_action_links' );

function candor_settings_url() {
	return admin_url( 'options-general.php?page=candor' );
}

function candor_action_links( $links ) {
	array_unshift( $links, '<a href="' . esc_url( candor_settings_url() ) . '">' . esc_html__( 'Settings', 'candor' ) . '</a>' );
	return $links;
}

function candor_add_settings_page() {
	add_options_page( __( 'Candor', 'candor' ), __( 'Candor', 'candor' ), 'manage_options', 'candor', 'candor_settings_page' );
}

/** Ends a request from one of the page's forms unless it may go on. */
function candor_check_asker( $action ) {
	if ( ! current_user_can( 'manage_options' ) ) {
		wp_die( esc_html__( 'You are not allowed to do this.', 'candor' ), '', array( 'response' => 403 ) );
	}
	check_admin_referer( $action );
}

/** Shows the page again, with a sentence on top. */
function candor_back_with( $kind, $message ) {
	set_transient( 'candor_told_' . get_current_user_id(), array( 'kind' => $kind, 'message' => $message ), MINUTE_IN_SECONDS );
	wp_safe_redirect( candor_settings_url() );
	exit;
}

/** Saves address and token, and tests them. */
function candor_connect() {
	candor_check_asker( 'candor_connect' );
	$settings = candor_settings();
	$url      = isset( $_POST['candor_url'] ) ? esc_url_raw( trim( sanitize_text_field( wp_unslash( $_POST['candor_url'] ) ) ), array( 'http', 'https' ) ) : '';
	$token    = isset( $_POST['candor_token'] ) ? trim( sanitize_text_field( wp_unslash( $_POST['candor_token'] ) ) ) : '';
	$fault    = candor_address_fault( $url );
	if ( '' !== $fault ) {
		candor_back_with( 'error', $fault );
	}
	// A token goes to the address it was entered for, not to another one that is entered later.
	if ( '' === $token && untrailingslashit( $url ) !== untrailingslashit( $settings['url'] ) ) {
		candor_back_with( 'error', __( 'Enter the token, too, when the address changes.', 'candor' ) );
	}
	update_option( 'candor_settings', array( 'url' => untrailingslashit( $url ), 'token' => '' === $token ? $settings['token'] : $token ) );
	delete_transient( 'candor_down' );
	$told = candor_fetch_fallback();
	if ( is_wp_error( $told ) ) {
		candor_back_with( 'error', $told->get_error_message() );
	}
	candor_back_with( '' === candor_site_fault( $told ) ? 'success' : 'warning', candor_test_result( $told ) );
}

/** What would go wrong although Candor answers; mostly nothing. */
function candor_site_fault( $told ) {
	$host = strtolower( (string) wp_parse_url( home_url(), PHP_URL_HOST ) );
	if ( ! in_array( $host, $told['hosts'], true ) ) {
		/* translators: 1: name of a site, 2: host */
		return sprintf( __( 'Candor serves “%1$s”, which does not know the host %2$s: add it to hosts under [site] in candor.toml.', 'candor' ), $told['site'], $host );
	}
	if ( '' === (string) get_option( 'permalink_structure' ) ) {
		return __( 'Your permalinks are plain, so that all posts have the same path and clicks cannot be told apart by article. Choose others under Settings → Permalinks.', 'candor' );
	}
	return '';
}

function candor_test_result( $told ) {
	/* translators: 1: version, 2: name of a site, 3: number */
	$result = sprintf( __( 'Connected to Candor %1$s for “%2$s”. The disclosure and %3$d link rules are kept here for when it does not answer.', 'candor' ), $told['version'], $told['site'], count( $told['rules'] ) );
	return trim( $result . ' ' . candor_site_fault( $told ) );
}

function candor_retry_asked() {
	candor_check_asker( 'candor_retry' );
	delete_transient( 'candor_down' );
	candor_retry( microtime( true ) + 20, true );
	$left = count( candor_waiting() );
	if ( 0 === $left ) {
		candor_back_with( 'success', __( 'All posts are processed.', 'candor' ) );
	}
	/* translators: %d: number of posts */
	candor_back_with( 'warning', sprintf( _n( '%d post still waits.', '%d posts still wait.', $left, 'candor' ), $left ) );
}

function candor_sweep_asked() {
	candor_check_asker( 'candor_sweep' );
	candor_process_all_again();
	candor_back_with( 'success', __( 'All published posts are processed again, some every few minutes.', 'candor' ) );
}

function candor_settings_page() {
	if ( ! current_user_can( 'manage_options' ) ) {
		return;
	}
	$settings = candor_settings();
	$fallback = candor_fallback();
	echo '<div class="wrap"><h1>' . esc_html__( 'Candor', 'candor' ) . '</h1>';
	candor_show_told();
	echo '<p>' . esc_html__( 'Candor discloses a post\'s affiliate links when the post is saved. Make a token on the machine that runs it:', 'candor' ) . ' <code>candor token add wordpress --scope pages</code></p>';
	echo '<form method="post" action="' . esc_url( admin_url( 'admin-post.php' ) ) . '">';
	echo '<input type="hidden" name="action" value="candor_connect">';
	wp_nonce_field( 'candor_connect' );
	echo '<table class="form-table" role="presentation"><tr><th scope="row"><label for="candor_url">' . esc_html__( 'Address', 'candor' ) . '</label></th>';
	echo '<td><input class="regular-text" type="url" required id="candor_url" name="candor_url" placeholder="https://candor.example.com" value="' . esc_attr( $settings['url'] ) . '">';
	echo '<p class="description">' . esc_html__( 'Where you reach Candor\'s dashboard.', 'candor' ) . '</p></td></tr>';
	echo '<tr><th scope="row"><label for="candor_token">' . esc_html__( 'Token', 'candor' ) . '</label></th>';
	echo '<td><input class="regular-text" type="password" autocomplete="off" id="candor_token" name="candor_token" placeholder="' . esc_attr( '' === $settings['token'] ? 'cnd_…' : __( 'kept; enter one to replace it', 'candor' ) ) . '"></td></tr></table>';
	submit_button( __( 'Save and test', 'candor' ) );
	echo '</form>';
	if ( $fallback ) {
		/* translators: %s: time */
		echo '<p>' . esc_html( sprintf( __( 'Candor last answered a test on %s.', 'candor' ), wp_date( get_option( 'date_format' ) . ' ' . get_option( 'time_format' ), $fallback['at'] ) ) ) . '</p>';
		echo '<details><summary>' . esc_html__( 'What readers see on a post that waits', 'candor' ) . '</summary>' . wp_kses_post( $fallback['amazon_block'] ) . '</details>';
	}
	candor_show_waiting();
	echo '</div>';
}

function candor_show_told() {
	$key  = 'candor_told_' . get_current_user_id();
	$told = get_transient( $key );
	if ( is_array( $told ) ) {
		delete_transient( $key );
		echo '<div id="candor-result" class="notice notice-' . esc_attr( $told['kind'] ) . '"><p>' . esc_html( $told['message'] ) . '</p></div>';
	}
}

function candor_show_button( $action, $text ) {
	echo '<form method="post" style="display:inline-block" action="' . esc_url( admin_url( 'admin-post.php' ) ) . '"><input type="hidden" name="action" value="' . esc_attr( $action ) . '">';
	wp_nonce_field( $action );
	submit_button( $text, 'secondary', $action, false );
	echo '</form> ';
}

function candor_show_waiting() {
	$waiting = candor_waiting();
	echo '<h2>' . esc_html__( 'Posts that wait', 'candor' ) . '</h2>';
	if ( ! $waiting ) {
		echo '<p>' . esc_html__( 'None.', 'candor' ) . '</p>';
	} else {
		echo '<p>' . esc_html__( 'Their affiliate links are disclosed all the same, with a general text. They are tried again every few minutes.', 'candor' ) . '</p>';
		echo '<table class="widefat striped" id="candor-waiting"><thead><tr><th>' . esc_html__( 'Post', 'candor' ) . '</th><th>' . esc_html__( 'Why', 'candor' ) . '</th><th>' . esc_html__( 'Waiting since', 'candor' ) . '</th><th>' . esc_html__( 'Tries', 'candor' ) . '</th></tr></thead><tbody>';
		foreach ( $waiting as $id => $why ) {
			echo '<tr><td><a href="' . esc_url( (string) get_edit_post_link( $id ) ) . '">' . esc_html( get_the_title( $id ) ) . '</a></td><td>' . esc_html( $why['reason'] ) . '</td>';
			echo '<td>' . esc_html( human_time_diff( $why['since'] ) ) . '</td><td>' . esc_html( number_format_i18n( $why['tries'] ) ) . '</td></tr>';
		}
		echo '</tbody></table>';
	}
	echo '<p>';
	if ( $waiting ) {
		candor_show_button( 'candor_retry', __( 'Try now', 'candor' ) );
	}
	candor_show_button( 'candor_sweep', __( 'Process all posts again', 'candor' ) );
	echo '</p>';
}
